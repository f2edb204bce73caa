"""Every kind of audit line: `subject.act`, in alphabetical order."""

from enum import StrEnum, unique


@unique
class Tag(StrEnum):
    """What happened."""

    ACCOUNT_CREATED = "account.created"
    ACCOUNT_DISABLED = "account.disabled"
    ACCOUNT_PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - a tag
    ACCOUNT_PHONE_CHANGED = "account.phone_changed"
    ACCOUNT_SECOND_FACTOR_RESET = "account.second_factor_reset"
    ACCOUNT_SECOND_FACTOR_SET = "account.second_factor_set"
    ACCOUNT_WECHAT_BOUND = "account.wechat_bound"
    BANK_CARD_SET = "bank_card.set"
    CONSENT_GRANTED = "consent.granted"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    CONSISTENCY_CHECKED = "consistency.checked"
    ENTERPRISE_ANNULLED = "enterprise.annulled"
    ENTERPRISE_CORRECTED = "enterprise.corrected"
    ENTERPRISE_DISPUTED = "enterprise.disputed"
    ENTERPRISE_FROZEN = "enterprise.frozen"
    ENTERPRISE_MASTER_SET = "enterprise.master_set"
    ENTERPRISE_REFUSED = "enterprise.refused"
    ENTERPRISE_RESTORED = "enterprise.restored"
    ENTERPRISE_SUBMITTED = "enterprise.submitted"
    ENTERPRISE_VERIFIED = "enterprise.verified"
    FACE_IMAGE_DELETED = "face_image.deleted"
    GRANT_GIVEN = "grant.given"
    GRANT_TAKEN = "grant.taken"
    LOGIN_FAILED = "login.failed"
    LOGIN_LOCKED = "login.locked"
    PERSONAL_REVEALED = "personal.revealed"
    PHOTO_DELETED = "photo.deleted"
    RESTRICTION_ADDED = "restriction.added"
    RESTRICTION_CHECKED = "restriction.checked"
    RESTRICTION_ENDED = "restriction.ended"
    REVIEW_DECIDED = "review.decided"
    SESSION_ENDED = "session.ended"
    SESSION_OPENED = "session.opened"
    VERIFICATION_REFUSED = "verification.refused"
    VERIFICATION_SENT_TO_REVIEW = "verification.sent_to_review"
    VERIFICATION_SUBMITTED = "verification.submitted"
    WORKER_CODE_ANNULLED = "worker.code_annulled"
    WORKER_CODE_FROZEN = "worker.code_frozen"
    WORKER_CODE_RESTORED = "worker.code_restored"
    WORKER_COLLECTED = "worker.collected"
    WORKER_CORRECTED = "worker.corrected"
    WORKER_IMPORT_READ = "worker.import_read"
    WORKER_LINK_CONFIRMED = "worker.link_confirmed"
    WORKER_LINK_DENIED = "worker.link_denied"
    WORKER_MERGED = "worker.merged"
    WORKER_VERIFIED = "worker.verified"


@unique
class Purpose(StrEnum):
    """Why a person's data was opened."""

    CHECK = "check"
    DELIVER = "deliver"
    EXPORT = "export"
    LOGIN = "login"
    REVIEW = "review"
    SHOW_OWNER = "show_owner"
    SHOW_STAFF = "show_staff"
