"""The shapes of the gateway's answers: success, business failure, gateway error."""

from __future__ import annotations

from typing import Any

Fields = dict[str, Any]

MESSAGES = {
    "ACQ.TRADE_NOT_EXIST": "交易不存在",
    "ACQ.TRADE_STATUS_ERROR": "交易状态不合法",
    "ACQ.TRADE_HAS_SUCCESS": "交易已被支付",
    "ACQ.TRADE_HAS_CLOSE": "交易已经关闭",
    "ACQ.TRADE_HAS_FINISHED": "交易已经完结",
    "ACQ.CONTEXT_INCONSISTENT": "交易信息被篡改",
    "ACQ.INVALID_PARAMETER": "参数无效",
    "ACQ.SELLER_BALANCE_NOT_ENOUGH": "卖家余额不足",
    "ACQ.REASON_TRADE_REFUND_FEE_ERR": "退款金额无效",
    "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL": "退款金额超限",
    "ACQ.DISCORDANT_REPEAT_REQUEST": "请求信息不一致",
    "ACQ.REASON_TRADE_BEEN_FREEZEN": "请求退款的交易被冻结",
    "ACQ.TRADE_NOT_ALLOW_REFUND": "当前交易不允许退款",
    "ACQ.SYSTEM_ERROR": "系统错误",
    "INVALID_PARAMETER": "参数错误",
    "COMPLAIN_STATUS_ERROR": "投诉单状态不允许此操作",
    "isv.invalid-signature": "验签出错",
    "isv.invalid-app-id": "无效的AppID参数",
    "isv.missing-method": "缺少方法名参数",
    "isv.invalid-method": "不存在的方法名",
    "isv.missing-timestamp": "缺少时间戳参数",
    "isv.invalid-timestamp": "非法的时间戳参数",
    "isp.unknow-error": "系统繁忙",
    "isv.app-call-limited": "应用调用次数超限",
}


def done(**fields: Any) -> Fields:
    """code 10000: the request was accepted."""
    return {"code": "10000", "msg": "Success", **fields}


def failure(sub_code: str) -> Fields:
    """code 40004: the business said no."""
    return _no("40004", "Business Failed", sub_code)


def invalid(sub_code: str) -> Fields:
    """code 40002: parameter or signature."""
    return _no("40002", "Invalid Arguments", sub_code)


def missing(sub_code: str) -> Fields:
    """code 40001: a common parameter is missing."""
    return _no("40001", "Missing Required Arguments", sub_code)


def unavailable() -> Fields:
    """code 20000: perhaps it came through, perhaps not."""
    return _no("20000", "Service Currently Unavailable", "isp.unknow-error")


def limited() -> Fields:
    """code 40005: too many calls."""
    return _no("40005", "Call Limited", "isv.app-call-limited")


def _no(code: str, msg: str, sub_code: str) -> Fields:
    return {"code": code, "msg": msg, "sub_code": sub_code, "sub_msg": MESSAGES.get(sub_code, "业务处理失败")}
