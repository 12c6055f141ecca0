"""What did those who supervise do, and how does a village stand? For reports to staff."""
