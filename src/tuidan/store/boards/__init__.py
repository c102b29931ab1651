"""Lists and queues projected from orders; they can be dropped and rebuilt."""
