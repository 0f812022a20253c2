"""群昵称: how a nickname is folded, split by what is known of the member, and what is wrong with it. Pure functions."""
