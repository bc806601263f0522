"""The only rooms that know Bot Framework, aiohttp and APScheduler."""
