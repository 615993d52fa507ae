"""Files of an export before they are read: their bytes, those in archives, XML without entities."""
