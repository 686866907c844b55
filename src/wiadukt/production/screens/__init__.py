"""The planner's board and the operators' terminals: pages made on the server, nothing loaded from outside."""
