"""营业执照: the photo of an enterprise's business licence, for its own people and its officers."""

from datetime import timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.enterprises import queries
from api.enterprises.errors import NoLicence, NoSuchEnterprise
from api.enterprises.models import Enterprise, EnterpriseChange
from api.files import service as files
from api.files.models import FilePurpose
from api.kit.actor import Actor
from api.kit.routes import Upload
from api.kit.transaction import transaction
from api.permissions import Permission

KEPT = timedelta(days=3650)


async def put(actor: Actor, enterprise_id: UUID, photo: Upload) -> Enterprise:
    """The enterprise with this photo of its licence; the one before is deleted. BadPhoto.

    For the applicant and the administrators: NoSuchEnterprise for everybody else.
    """
    rows = queries.own(actor, Permission.ENTERPRISE_ENTERPRISE_CREATE).filter(id=enterprise_id)
    if not await rows.exists():
        raise NoSuchEnterprise
    content = await files.clean(actor, photo, field="licence")
    file_id = await files.store(content, FilePurpose.LICENCE, account_id=actor.id, term=KEPT)
    async with transaction():
        row = await rows.select_for_update().get()
        before, row.licence_file_id = row.licence_file_id, file_id
        await row.save(update_fields=["licence_file_id"])
        await files.delete(actor, [before])
        await EnterpriseChange.create(
            enterprise_id=row.id, act="changed", field="licence", account_id=actor.account_id
        )
        audit.record(
            actor, Tag.ENTERPRISE_CORRECTED, ("enterprise", row.id), tenant_id=row.id,
            field="licence",
        )  # fmt: skip
    await row.fetch_related("qualifications")
    return row


def link(actor: Actor, row: Enterprise) -> str:
    """An address of the licence's photo for this actor alone. NoLicence when there is none."""
    if row.licence_file_id is None:
        raise NoLicence
    return files.link(actor, row.licence_file_id)
