"""Server-rendered pages over the services of the API: worker, enterprise and regulator."""
