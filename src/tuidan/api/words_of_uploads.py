"""Refusals of uploads, for the people who write the calling program. See `words.py`."""

from __future__ import annotations

UPLOAD_REFUSALS: dict[str, tuple[str, str]] = {
    "file_empty": ("文件是空的", "size 至少为 1。"),
    "file_hash_differs": ("哈希不符", "收到的字节和所报的 sha256 不一致，已丢弃，请重新上传。"),
    "file_not_ready": ("文件还不能用", "文件还在检查、没有通过，或属于别的案子；状态见 data。"),
    "file_on_record": ("已在案", "证据里已经用了这个文件，不能撤回，也不能再用一次。"),
    "file_too_large": ("文件太大", "超过上限，见 data.bytes_max。"),
    "files_full": ("存储已满", "文件没有收下，什么也没留下；腾出空间后可重试。"),
    "files_unavailable": ("存储不可用", "文件存储连不上或读不出，可稍后重试。"),
    "no_such_file": ("没有这个文件", "这一方没有这个编号的文件。"),
    "piece_too_large": ("一段太大", "一段最多见 data.bytes_max；从 data.offset 继续。"),
    "too_many_files": ("文件太多", "订单或证据里的文件已到上限，见 data。"),
    "too_many_unfinished": ("未传完的太多", "先传完或撤回已开始的上传。"),
    "too_many_uploads": ("上传太频繁", "这个人一小时内开始的上传已到上限。"),
    "upload_busy": ("正在合并", "另一个请求正在合并这个文件，稍后再问。"),
    "upload_finished": ("已经传完", "这个上传已经结束。"),
    "upload_offset_wrong": ("偏移不对", "请从 data.offset 继续。"),
    "upload_unfinished": ("还没传完", "还差一些字节，请从 data.offset 继续。"),
}
