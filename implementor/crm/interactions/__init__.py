"""What people and customers had to do with each other: calls, mails, visits, messages, and the appointments to come."""
