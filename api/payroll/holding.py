"""代发停住: a sheet whose account may not pay waits, its officers know, it goes on by itself."""

from uuid import UUID

from tortoise.exceptions import IntegrityError

from api.audit import service as audit
from api.audit.tags import Tag
from api.funds import service as funds
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction, unit
from api.payroll import telling
from api.payroll.models import HeldSheet
from api.wages import service as wages


async def account_of(
    sheet: wages.WageSheet, after: UUID, account_id: UUID | None = None
) -> funds.SpecialAccount | None:
    """The account that pays the sheet today; without one the sheet is held and its officers told.

    They are told once for each time that it stops.
    """
    try:
        return await funds.require_ready(sheet.project_id, clock.today())
    except funds.NotReady:
        await _hold(sheet, after, account_id)
        return None


async def _hold(sheet: wages.WageSheet, after: UUID, account_id: UUID | None) -> None:
    try:
        async with transaction():
            await HeldSheet.create(
                sheet_id=sheet.id,
                project_id=sheet.project_id,
                contractor_id=sheet.contractor_id,
                after=after,
                account_id=account_id,
            )
            await telling.tell_held(SYSTEM, sheet)
            audit.record(
                SYSTEM, Tag.PAYROLL_HELD, ("wage_sheet", sheet.id), tenant_id=sheet.contractor_id
            )
    except IntegrityError:  # it is held already, and they know
        return


async def let_go(sheet_id: UUID) -> None:
    """It waits no more. Within the running transaction."""
    unit()
    await HeldSheet.filter(sheet_id=sheet_id).delete()


async def released() -> list[UUID]:
    """The sheets that were held and whose account may pay again, oldest first."""
    held = await HeldSheet.all().order_by("id").values_list("sheet_id", "project_id")
    sites = {project_id for _, project_id in held}
    pays = {each for each in sites if await funds.is_ready(each, clock.today())}
    return [sheet_id for sheet_id, project_id in held if project_id in pays]


async def of_sheet(sheet_id: UUID) -> HeldSheet | None:
    """What holds a sheet, if anything does."""
    return await HeldSheet.get_or_none(sheet_id=sheet_id)
