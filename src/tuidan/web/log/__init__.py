"""The log in public: what machines fetch (C2SP addresses), and a page that says what it is and how to check it."""
