"""The policy: measures modify named rates; nothing here touches a worker."""
