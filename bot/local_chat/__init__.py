"""Local mode: a Direct Line on loopback, the channel's connector, and the Web Chat page, all in our process.

There is no sign-in: whoever reaches the port is whom they say they are. It is served on loopback only.
"""
