"""How others come in: clients by the portal, machines, the command line."""
