"""Where GCJ-02 and BD-09 differ from WGS-84: the Chinese mainland, coast and Xisha included.

A technical mask for one formula, no statement about any border. The decisions behind it:

- Hong Kong, Macao and Taiwan (with Kinmen, Matsu and Penghu) are not transformed. The order to
  shift maps is not applied there, receivers and maps there speak WGS-84, and the product serves
  sites of the mainland.
- The customary rectangle (72 to 138 E, 0.8 to 56 N) would shift Seoul, Hanoi and Delhi too. This
  outline follows the land border 10 to 30 km outside of it and the coast 20 to 40 km out at sea,
  so every mainland town, port and border post lies in it. Foreign places within that strip are
  shifted as well, which harms nobody: no site is there.
- Towards Hong Kong, Macao and Kinmen, where mainland sites stand within sight of the line, it
  runs up to 1 km on their side. A site in Shenzhen, Zhuhai or Xiamen is always transformed.

The outline comes from Natural Earth 1:110m (public domain), widened and mended by hand.
"""

import shapely
from shapely import Polygon


def _polygon(text: str) -> Polygon:
    return Polygon([tuple(map(float, pair.split(","))) for pair in text.split()])


# Pairs of longitude,latitude in WGS-84.
_OUTLINE = _polygon("""
108,21.4 106.9,21.7 106.4,22.1 106.5,22.6 105.8,22.8 105.3,23.1 104.5,22.6 103.9,22.3
102.7,22.4 101.9,22.2 102,21.2 101.8,21 101.3,21 101,21.6 100.3,21.4 99.2,21.9 99.1,22.2
99.3,22.8 98.7,23.1 98.5,23.8 97.6,23.7 97.4,23.9 97.5,25.1 98.5,26 98.5,27.4 98.1,27.6
97.8,28.1 96.1,28.3 96.3,28.8 96.1,29.2 95.3,28.8 94.6,29.1 92.5,27.7 91.7,27.6 90,28.1
88.9,27.1 88.8,27.3 88.7,27.8 88.1,27.7 86,27.8 85.7,28.1 84.2,28.6 83.8,29.1 82.2,29.9
81.5,30.2 81,30 79.6,30.7 78.5,31.5 78.3,32.7 79,32.7 79,32.9 78.6,33.5 78.7,34.3 77.7,35.3
76,35.8 75.7,36.5 74.8,37.3 74.7,38.2 73.7,38.5 73.5,39.4 73.7,39.7 73.6,40 75.4,40.8
76.4,40.6 76.9,41.3 78.1,41.4 78.5,41.8 80,42.3 80,43 80.6,43.3 79.8,45 82.3,45.7 83.1,47.5
85.1,47.2 85.5,47.6 85.6,48.6 86.5,48.7 87.2,49.4 87.7,49.5 87.9,49.4 88.2,48.7 88.9,48.3
90.3,47.9 91.1,47 90.8,45.8 91.1,45.5 93.5,45.2 94.8,44.5 95.3,44.4 96.4,42.9 99.5,42.7
100.9,42.9 101.9,42.7 103.4,42.1 104.5,42.1 105,41.8 106.1,42.3 107.7,42.7 109.2,42.7
110.3,43.1 111.6,43.8 111.1,44.5 111.9,45.3 113.4,45 114.4,45.5 115.9,45.9 116.6,46.5
117.3,46.9 119.5,46.9 118.8,47.6 118.1,47.8 117.3,47.5 116.3,47.6 115.7,47.5 115.3,48.3
116.6,50.1 117.9,49.7 119.1,50.3 119.1,50.7 120,51.8 120.5,52.1 120.5,52.4 120.1,52.6
120,52.8 121,53.4 123.6,53.7 126,53 127.1,51.5 127.8,49.9 129.5,49.6 130.7,48.9 131.1,48
132.5,48 133.3,48.4 135.1,48.6 135.2,48.4 134.3,47.1 133.9,46 133.3,45 131.9,45.1 131.3,44.9
131.5,44.1 131.3,42.9 130.8,42.7 130.8,42.3 130.5,42.2 130,42.7 129.7,42.2 128.3,41.9
128.4,41.5 128.2,41.3 127.3,41.3 126.9,41.6 126.3,40.9 124.4,39.8 123.6,39.2 123,38.7
121.7,38.5 121.2,38.1 121.1,38 121.8,37.7 122.6,37.7 123,37.3 122.8,36.8 121.2,35.8
120.4,34.4 121.5,33.3 123.1,30.9 123,29.9 122.4,28.3 121.4,27.1 120.3,26.4 120.1,25.4
119.8,24.9 117.7,23.1 116.7,22.7 114.7,22.2 114.4,21.8 112.6,21.2 111.4,21.1 110.9,20.8
111,20.5 111.4,20.3 111.4,18.1 111.2,17.9 108.3,18
""")
_XISHA = _polygon("111,15.7 113.2,15.7 113.2,17.3 111,17.3")
_HONG_KONG = _polygon("""
113.869,22.437 113.92,22.442 113.965,22.468 114.02,22.49 114.05,22.495 114.066,22.507 114.09,22.511
114.105,22.522 114.13,22.529 114.15,22.536 114.17,22.549 114.19,22.547 114.22,22.541 114.235,22.541
114.245,22.55 114.4,22.56 114.45,22.56 114.455,22.52 114.47,22.46 114.502,22.43 114.502,22.1485
113.845,22.155 113.832,22.217 113.869,22.339
""")
_MACAO = _polygon("""
113.537,22.188 113.5385,22.205 113.545,22.2125 113.558,22.2125 113.568,22.2 113.6,22.16
113.6,22.11 113.565,22.108 113.556,22.12 113.5555,22.15 113.548,22.165 113.538,22.18
""")
_KINMEN = _polygon(
    "118.205,24.36 118.52,24.36 118.52,24.525 118.38,24.515 118.3,24.48 118.205,24.46"
)
_MATSU = _polygon("119.88,25.93 120.05,25.93 120.05,26.27 119.91,26.27 119.88,26.2")

MAINLAND = shapely.union_all([_OUTLINE, _XISHA]).difference(
    shapely.union_all([_HONG_KONG, _MACAO, _KINMEN, _MATSU])
)
shapely.prepare(MAINLAND)

# Undoing a shift leaves errors of 1e-13 degrees. Decided on 0.1 mm, a place on the line and the
# same place after a round trip lie on the same side.
_DECIMALS = 9


def in_mainland(*, lon: float, lat: float) -> bool:
    """True where the two Chinese datums are shifted against WGS-84. On the line counts as in.

    lon, lat: degrees in WGS-84.

    Examples:
        >>> in_mainland(lon=104.0658, lat=30.6574)  # Chengdu
        True
        >>> in_mainland(lon=126.98, lat=37.57)  # Seoul
        False
        >>> in_mainland(lon=114.06, lat=22.54), in_mainland(lon=114.17, lat=22.3)
        (True, False)
    """
    return bool(shapely.intersects_xy(MAINLAND, round(lon, _DECIMALS), round(lat, _DECIMALS)))
