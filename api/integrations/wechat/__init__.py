"""WeChat's server API: the mini-program, the official account and their callbacks.

`MiniProgram` and `OfficialAccount` wrap wechatpy: off the event loop, certificates checked, every
call limited in time, one access token for all processes, errors typed. `outcomes` is the table of
WeChat's error codes.
"""

from api.integrations.wechat.callbacks import CallbackRefusedError, Callbacks
from api.integrations.wechat.mini_program import MiniProgram, Scene, Verdict, WechatSession
from api.integrations.wechat.official_account import JsapiSignature, OfficialAccount, PageVisitor
from api.integrations.wechat.outcomes import words
from api.integrations.wechat.platform import WechatConfig

__all__ = [
    "CallbackRefusedError",
    "Callbacks",
    "JsapiSignature",
    "MiniProgram",
    "OfficialAccount",
    "PageVisitor",
    "Scene",
    "Verdict",
    "WechatConfig",
    "WechatSession",
    "words",
]
