"""What a web server loads: the application with the settings of its environment."""

from implementor.factory import create_app

app = create_app()
