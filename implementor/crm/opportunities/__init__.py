"""Sales on their way: opportunities in the stages of their pipelines, the board, the forecast and the funnel."""
