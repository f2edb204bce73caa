"""Word lists from which synthetic people are put together; hanzi beside pinyin."""

from typing import NamedTuple


class Region(NamedTuple):
    """A county with the nation most of its specimens belong to."""

    code: str
    place: str
    pinyin: str
    police: str
    nation: str = "汉"


REGIONS = (
    Region("510107", "四川省成都市武侯区", "Chengdu Wuhou", "成都市公安局武侯分局"),
    Region("510104", "四川省成都市锦江区", "Chengdu Jinjiang", "成都市公安局锦江分局"),
    Region("511025", "四川省资中县", "Sichuan Zizhong", "资中县公安局"),
    Region("511621", "四川省岳池县", "Sichuan Yuechi", "岳池县公安局"),
    Region("513436", "四川省美姑县", "Sichuan Meigu", "美姑县公安局", "彝"),
    Region("520121", "贵州省开阳县", "Guizhou Kaiyang", "开阳县公安局"),
    Region("530103", "云南省昆明市盘龙区", "Kunming Panlong", "昆明市公安局盘龙分局"),
    Region("500236", "重庆市奉节县", "Chongqing Fengjie", "重庆市公安局奉节县分局"),
    Region("411623", "河南省商水县", "Henan Shangshui", "商水县公安局"),
    Region("421083", "湖北省洪湖市", "Hubei Honghu", "洪湖市公安局"),
    Region("430525", "湖南省洞口县", "Hunan Dongkou", "洞口县公安局"),
    Region("610726", "陕西省宁强县", "Shaanxi Ningqiang", "宁强县公安局"),
    Region("341221", "安徽省临泉县", "Anhui Linquan", "临泉县公安局"),
    Region("653125", "新疆莎车县", "Xinjiang Shache", "莎车县公安局", "维吾尔"),
)

SURNAMES = (
    ("张", "Zhang"), ("王", "Wang"), ("李", "Li"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang"),
    ("黄", "Huang"), ("赵", "Zhao"), ("周", "Zhou"), ("吴", "Wu"), ("徐", "Xu"), ("孙", "Sun"),
    ("罗", "Luo"), ("何", "He"), ("谢", "Xie"), ("唐", "Tang"), ("邓", "Deng"), ("曾", "Zeng"),
    ("欧阳", "Ouyang"), ("蒲", "Pu"),
)  # fmt: skip
GIVEN_MALE = (
    ("样", "Yang"), ("本", "Ben"), ("建", "Jian"), ("国", "Guo"), ("志", "Zhi"), ("强", "Qiang"),
    ("勇", "Yong"), ("华", "Hua"), ("军", "Jun"), ("平", "Ping"), ("明", "Ming"), ("兵", "Bing"),
    ("伟", "Wei"), ("林", "Lin"), ("福", "Fu"), ("贵", "Gui"), ("春", "Chun"), ("生", "Sheng"),
)  # fmt: skip
GIVEN_FEMALE = (
    ("样", "Yang"), ("秀", "Xiu"), ("英", "Ying"), ("芳", "Fang"), ("丽", "Li"), ("琼", "Qiong"),
    ("珍", "Zhen"), ("玉", "Yu"), ("梅", "Mei"), ("桂", "Gui"), ("兰", "Lan"), ("芬", "Fen"),
    ("燕", "Yan"), ("红", "Hong"), ("霞", "Xia"), ("容", "Rong"), ("素", "Su"), ("华", "Hua"),
)  # fmt: skip
WHOLE_NAMES: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "彝": {
        "男": (("吉克木呷", "Jike Muga"), ("阿苦日火", "Aku Rihuo"), ("曲比史布", "Qubi Shibu")),
        "女": (("沙马阿呷", "Shama Aga"), ("海来尔古", "Hailai Ergu"), ("的日么子", "Diri Mezi")),
    },
    "维吾尔": {
        "男": (("艾力·买买提", "Eli Memet"), ("吐尔逊·热合曼", "Tursun Rehman")),
        "女": (("阿依古丽·托合提", "Aygul Tohti"), ("古丽娜尔·库尔班", "Gulnar Qurban")),
    },
}
OTHER_NATIONS = ("土家", "苗", "羌", "回", "藏", "布依")
STREETS = (
    ("样本村", "Yangben Cun"), ("新桥镇", "Xinqiao Zhen"), ("石板乡", "Shiban Xiang"),
    ("平安路", "Ping'an Lu"), ("团结巷", "Tuanjie Xiang"), ("长征街", "Changzheng Jie"),
    ("枫树湾", "Fengshu Wan"), ("龙井坝", "Longjing Ba"),
)  # fmt: skip
BANK_BINS = ("621700", "622848", "622202", "621661", "622150")
PHONE_PREFIXES = ("138", "139", "150", "158", "177", "181", "188", "199")
