// The module is empty.
