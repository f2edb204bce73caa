"""What can go wrong with trainings and certificates, each with its words."""

from api.kit.errors import Forbidden, Invalid


class NotParticipating(Forbidden):
    """The enterprise takes no part in the project on that day, or is not the actor's to speak for.

    The general contractor speaks for every unit of its project, a unit for itself.
    """

    code = "training.not_participating"
    detail = "您的单位那天不在这个项目的参建单位里。请先在“参建单位”里登记进场。"


class HeldInFuture(Invalid):
    """A training is recorded after it was held."""

    code = "training.in_future"
    detail = "培训日期不能晚于今天。请改日期。"


class CertificatePeriod(Invalid):
    """The certificate ends before it begins."""

    code = "training.certificate_period"
    detail = "证书的到期日不能早于发证日。请改日期。"
