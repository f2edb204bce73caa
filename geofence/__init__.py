"""Where a fix lies, and whether that is inside a site's fence. Pure: values in, values out.

points    a place and the datum it is written in
datum     the same place in another datum
mainland  where the datums differ at all
distance  metres between places
fix       what a phone says about where it is
faults    why a fence is refused, and at which of its points
shapes    circle and area: the signed distance to their edge
geojson   shapes from GeoJSON, in any datum, checked
fences    a shape with its name and buffer
decision  the verdict: inside, near, outside or uncertain
sentences what the person is told

Whoever stands on the line is inside; the rule has one name, `covers`, in `shapes`.
"""
