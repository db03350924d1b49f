"""The demo agency: invented people and work, loaded through the operations alone; never a row written past them."""
