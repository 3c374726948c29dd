"""What tests stand on: databases, the test browser, the real server and the real browser."""
