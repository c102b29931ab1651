"""Refusals of uploads: what was not taken, why, and what to do. See `refusals.py`."""

from __future__ import annotations

UPLOAD_REFUSALS: dict[str, tuple[str, str]] = {
    "file_empty": (
        "没有上传：这个文件是空的。请重新选择文件。",
        "Not uploaded: this file is empty. Please choose it again.",
    ),
    "file_hash_differs": (
        "没有收下：传到的内容和原文件不一致，可能途中出错。请重新上传。",
        "Not taken: what arrived differs from the file, perhaps a fault on the way. Please upload it again.",
    ),
    "file_not_ready": (
        "没有提交：有文件还在检查或没有通过。请等几秒刷新，或换一个文件。",
        "Not filed: a file is still being checked or was refused. Reload in a few seconds, or choose another.",
    ),
    "file_on_record": (
        "没有改动：这个文件已经作为证据提交，双方都看得到，不能再撤，也不用再交一次。",
        "Nothing changed: this file is filed as evidence already. Both sides rely on it; it need not be filed again.",
    ),
    "file_too_large": (
        "没有上传：文件太大。图片和 PDF 最大 20 MB，视频最大 500 MB。可以剪短或压缩后再传。",
        "Not uploaded: the file is too large. Pictures and PDF up to 20 MB, videos up to 500 MB.",
    ),
    "files_full": (
        "没有上传：平台的存储空间暂时满了，已收到的部分没有丢。请过一会儿再试。",
        "Not uploaded: our store has no room now; what arrived before is safe. Please try again later.",
    ),
    "files_unavailable": (
        "没有完成：文件存储暂时连不上。请过一会儿再试，已传的部分不用重来。",
        "Not done: the file store cannot be reached. Try again a little later; what was uploaded is kept.",
    ),
    "no_such_file": (
        "没有找到这个文件。请刷新页面再看。",
        "This file does not exist. Please reload the page.",
    ),
    "piece_too_large": (
        "没有收下这一段：一次最多 4 MB。请刷新页面后继续上传。",
        "This piece was not taken: at most 4 MB at a time. Reload the page and go on.",
    ),
    "too_many_files": (
        "没有添加：文件已到上限（一份证据 9 个，一笔订单 60 个）。请撤回没用的，或并入已有证据。",
        "Not added: no more files fit (9 in one exhibit, 60 in one order). Take back what you do not need.",
    ),
    "too_many_unfinished": (
        "没有开始：您有几个文件还没传完。请先传完，或把不要的撤回。",
        "Not begun: several of your uploads are unfinished. Finish them, or take back what you do not need.",
    ),
    "too_many_uploads": (
        "没有开始：这一小时上传次数太多。请过一会儿再试。",
        "Not begun: too many uploads within the hour. Please try again a little later.",
    ),
    "upload_busy": (
        "正在合并这个文件。请过几秒刷新。",
        "This file is being put together. Reload in a few seconds.",
    ),
    "upload_finished": (
        "这个文件已经传完。不用再传，等检查结果就好。",
        "This file is uploaded already. Nothing more is needed; its check follows.",
    ),
    "upload_offset_wrong": (
        "这一段接不上，可能在别处也在传。请刷新页面，会从断点继续。",
        "This piece does not fit, perhaps it is being uploaded elsewhere too. Reload and go on.",
    ),
    "upload_unfinished": (
        "文件还没传完。请刷新页面，从断点继续。",
        "The file is not complete yet. Reload the page to go on from where it was.",
    ),
}
