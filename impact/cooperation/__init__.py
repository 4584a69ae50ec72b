"""Who acts with whom: key questions, links, actions, organisations' sheets, committee meetings."""
