"""Cases: what customers ask for or complain of, who works on it, and how soon it is answered and solved."""
