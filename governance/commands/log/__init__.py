"""The operations log (操作日志) as people read it: every event in words, to each his part, as a page and a sheet."""
