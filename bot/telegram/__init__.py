"""The Bot API side: the only package that knows Telegram."""
