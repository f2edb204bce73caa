"""What a person is told about a verdict or a refused fence: what happened, then what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from geofence.decision import Judgement, Reason
from geofence.faults import FenceFault, FenceRefused, Spot

# {distance}: to the fence. {accuracy}: of the phone.
SENTENCES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.COVERED: "您在工地范围内。",
        Reason.CROSSES_EDGE: "您在工地范围内，靠近边线。",
        Reason.TOLERANCE: "您就在工地旁边，离边线 {distance}。已记下，不用重打。",
        Reason.ACCURACY: "定位误差约 {accuracy}，您就在工地附近。已记下，不用重打。",
        Reason.TOO_FAR: "离工地还有 {distance}。已记下，等班长核对。",
        Reason.NO_FENCE: "这个工地还没有画打卡范围。请扫大门口的码，或请班长替您登记。",
        Reason.NO_FIX: "没有拿到您的位置。请打开手机定位再试，或扫大门口的码。",
        Reason.NO_POSITION: "手机没有给出真实位置。请把定位关掉再打开，然后再试，或扫大门口的码。",
        Reason.FROM_FUTURE: "手机的时间快了。请在手机设置里打开自动设置时间再试，或扫大门口的码。",
        Reason.STALE: "手机给的是以前的位置。请在原地等几秒再打一次，或扫大门口的码。",
        Reason.ACCURACY_UNKNOWN: "手机没有说定位准不准。请打开精确定位再试，或扫大门口的码。",
        Reason.ACCURACY_POOR: "定位误差约 {accuracy}，太大了。走到空旷处再试，或扫大门口的码。",
    }
)

# {spot}: which point of the drawing.
FENCE_SENTENCES: Mapping[FenceFault, str] = MappingProxyType(
    {
        FenceFault.DATUM: "没有说明用的是哪种地图。请在地图上重新画一次。",
        FenceFault.TYPE: "打卡范围只能是一个圆，或者一块、几块地。请重新画。",
        FenceFault.STRUCTURE: "{spot}读不懂。请在地图上重新画一次。",
        FenceFault.POSITION: "{spot}的经纬度不对。请改正或重新点这个点。",
        FenceFault.TOO_FEW_POINTS: "{spot}不到三个角，围不成一块地。请再点几个角。",
        FenceFault.TOO_MANY_VERTICES: "点太多了，一共最多 1,000 个。请少点一些角。",
        FenceFault.UNCLOSED: "{spot}没有连回起点。请把这一圈连上再保存。",
        FenceFault.SELF_INTERSECTION: "{spot}旁边，边线自己碰到了自己。请拖开这个点再保存。",
        FenceFault.HOLE_OUTSIDE: "{spot}跑到外圈外面了。请把这个洞拖回外圈里面。",
        FenceFault.HOLES_OVERLAP: "{spot}碰到了别的洞或外圈。请把洞拖开，或并成一个。",
        FenceFault.PARTS_OVERLAP: "{spot}旁边，这块地和另一块连着。请并成一块，或拖开再保存。",
        FenceFault.ANTIMERIDIAN: "{spot}画到地球另一边去了。请检查这个点的经度。",
        FenceFault.TOO_SMALL: "{spot}这块地不到 50 平方米，太小了。请画大一些。",
        FenceFault.TOO_LARGE: "范围太大了，最多 200 平方公里、100 公里长。请分成几个来画。",
        FenceFault.RADIUS: "圆的半径要在 10 米到 5 公里之间，别的形状没有半径。请改好再保存。",
        FenceFault.BUFFER: "往外放宽的距离要在 0 到 100 米之间。请改好再保存。",
    }
)


def length_in_words(metres: float) -> str:
    """A length for people, without its sign: metres up to 1,000, then 公里.

    Below one metre 不到 1 米; one decimal below 10 公里, none from there on.

    Examples:
        >>> [length_in_words(m) for m in (0.4, 320.4, 1000, 1001, 1260, -15_500, 1_236_000)]
        ['不到 1 米', '320 米', '1,000 米', '1 公里', '1.3 公里', '16 公里', '1,236 公里']
    """
    metres = abs(metres)
    if metres < 1:
        return "不到 1 米"
    if round(metres) <= 1000:
        return f"{round(metres):,} 米"
    tenths = round(metres / 100)
    if tenths >= 100 or tenths % 10 == 0:
        return f"{round(metres / 1000):,} 公里"
    return f"{tenths / 10} 公里"


def verdict_sentence(judgement: Judgement) -> str:
    """The sentence of the judgement's main reason, with its numbers in words.

    Examples:
        >>> from geofence.decision import Verdict
        >>> verdict_sentence(Judgement(verdict=Verdict.OUTSIDE, reasons=(Reason.TOO_FAR,),
        ...                            distance_m=320.2))
        '离工地还有 320 米。已记下，等班长核对。'
        >>> verdict_sentence(Judgement(verdict=Verdict.UNCERTAIN, accuracy_m=800.0,
        ...                            reasons=(Reason.ACCURACY_POOR,)))
        '定位误差约 800 米，太大了。走到空旷处再试，或扫大门口的码。'
    """
    return SENTENCES[judgement.reasons[0]].format(
        distance=length_in_words(judgement.distance_m or 0.0),
        accuracy=length_in_words(judgement.accuracy_m or 0.0),
    )


def fence_sentence(refused: FenceRefused) -> str:
    """What is wrong with a drawn fence, where, and how to mend it. Counts from 1, as people do.

    Examples:
        >>> fence_sentence(FenceRefused(FenceFault.UNCLOSED, Spot(part=0, ring=1, vertex=4)))
        '第 1 块地第 1 个洞的第 5 个点没有连回起点。请把这一圈连上再保存。'
        >>> fence_sentence(FenceRefused(FenceFault.BUFFER))
        '往外放宽的距离要在 0 到 100 米之间。请改好再保存。'
    """
    return FENCE_SENTENCES[refused.fault].format(spot=spot_in_words(refused.spot))


def spot_in_words(spot: Spot) -> str:
    """Which point of a drawing, counted from 1; 画的范围 when the spot is empty.

    Examples:
        >>> spot_in_words(Spot(part=1, ring=0, vertex=0)), spot_in_words(Spot())
        ('第 2 块地外圈的第 1 个点', '画的范围')
    """
    if spot.part is None:
        return "画的范围"
    words = f"第 {spot.part + 1} 块地"
    if spot.ring is not None:
        words += f"第 {spot.ring} 个洞" if spot.ring else "外圈"
    if spot.vertex is not None:
        words += f"的第 {spot.vertex + 1} 个点"
    return words
