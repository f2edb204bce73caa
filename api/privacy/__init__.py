"""个人信息权利: what is held about a person, his copy of it, erasure, and terms that end."""
