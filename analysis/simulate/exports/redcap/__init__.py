"""REDCap: one wide file of events and repeating instruments, raw or labelled; data dictionary."""
