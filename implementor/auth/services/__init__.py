"""What can happen to people, links, areas and teams; each verb is handed its session, its author and its moment."""
