"""Sessions of service: logged, verified, and the record that anybody can check."""
