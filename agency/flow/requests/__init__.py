"""What a client asks for, before anybody has said yes."""
