"""What each of our processes needs and what knows nothing of the business."""
