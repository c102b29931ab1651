"""Pages of the people who keep the platform running: stuck effects and alarms."""
