"""文件: uploads made safe, encrypted one by one, kept no longer than their purpose."""
