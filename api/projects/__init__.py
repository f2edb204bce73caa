"""项目: projects, who takes part, posts, attendance policy, fences and the rights notice board."""
