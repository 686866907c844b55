"""What a buyer has bought: by month, branch, product, person and place, within what he may see."""
