"""A local Alipay gateway: its own process, written from Alipay's documents, no code of the connector in it.

`python -m tuidan.connectors.payments.alipay.sandbox --port 0 --state DIR`; README.md has the rest.
"""
