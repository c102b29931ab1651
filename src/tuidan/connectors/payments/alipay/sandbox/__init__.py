"""A local Alipay gateway: its own process, written from Alipay's documents, sharing no code with the connector.

`python -m tuidan.connectors.payments.alipay.sandbox --port 0 --state DIR`; README.md beside this file has the rest.
"""
