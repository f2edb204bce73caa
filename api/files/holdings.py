"""What stored files hold about a person."""

from api.files.models import StoredFile
from api.kit.holdings import Apart, Fate, Ground, Holding, of_account

FILES = Holding(
    model=StoredFile,
    called="照片、录音和文件",
    purpose="核验身份、打卡和投诉的凭证、签名",
    ground=Ground.CONSENT,
    seen_by="办理的工作人员，每看一次都有记录",
    kept="各有期限：身份证照片核验后最多 30 天，打卡照片 2 年，投诉照片 3 年，合同签名 10 年",
    whose=of_account(),
    shown={
        "purpose": "用途", "size": "大小（字节）", "created_at": "上传时间",
        "delete_after": "到期删除", "deleted_at": "已删除",
    },
    silent=frozenset({
        "media_type", "digest", "sealed_key", "piece_bytes", "held_until", "hold_reason",
    }),
    words={
        "purpose": {
            "card_front": "身份证正面", "card_back": "身份证背面", "selfie": "自拍照",
            "evidence": "凭证照片", "licence": "营业执照", "courseware": "课件", "voice": "录音",
            "export": "下载的资料",
        },
    },
    # Those of the identity go at once, see `privacy.erasing`; the others are part of a ledger.
    fate=Fate.STAYS,
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (FILES,)
