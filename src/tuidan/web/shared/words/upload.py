"""Words of evidence files: choosing and uploading, how the check stands, why one is refused, how to record a video."""

WORDS: dict[str, tuple[str, str]] = {
    "upload.title": ("图片、PDF 和视频", "Pictures, PDF and videos"),
    "upload.lead": (
        "先上传文件，再写它说明了什么。上传后会自动检查；对方看到的是去掉拍摄时间、机型和位置的副本。",
        "Upload first, then say what it shows. Files are checked; the other side sees a copy without time, device and place of taking.",
    ),
    "upload.choose": ("选择文件", "Choose files"),
    "upload.limits": (
        "图片、PDF 每个最大 20 MB，视频最大 500 MB、30 分钟。请传完整的原图，不要裁剪。",
        "Pictures and PDF up to 20 MB each, videos up to 500 MB and 30 minutes. Send the whole picture, not a part of it.",
    ),
    "upload.no_script": (
        "这个浏览器没有开脚本：一次最多传 24 MB，视频请换一个浏览器上传。",
        "Scripts are off in this browser: at most 24 MB at a time, and videos need another browser.",
    ),
    "upload.send": ("上传", "Upload"),
    "upload.none_chosen": ("没有上传：请先选择文件。", "Not uploaded: please choose a file first."),
    "upload.pause": ("暂停", "Pause"),
    "upload.go_on": ("继续", "Go on"),
    "upload.cancel": ("撤回", "Take back"),
    "upload.running": ("正在上传 {percent}%", "Uploading {percent}%"),
    "upload.waiting": ("网络断了，{seconds} 秒后接着传", "The line broke; going on in {seconds} s"),
    "upload.paused": ("已暂停在 {percent}%", "Paused at {percent}%"),
    "upload.again": (
        "“{name}”上次传到 {percent}%。再选同一个文件，会从那里继续。",
        "“{name}” got to {percent}%. Choose the same file again and it goes on from there.",
    ),
    "upload.finishing": ("正在收尾", "Putting it together"),
    "upload.failed": (
        "没有上传：网络一直不通。已传的部分还在，请稍后再试。",
        "Not uploaded: there is no line. What arrived is kept; please try again later.",
    ),
    "upload.drafts": ("这些文件还没有提交", "These files are not filed yet"),
    "upload.pick": ("放进这份证据", "Put into this exhibit"),
    "upload.reload": ("刷新看结果", "Reload to see the result"),
    "upload.buyers": ("买家的证据", "The buyer's evidence"),
    "upload.sellers": ("卖家的证据", "The seller's evidence"),
    "upload.none_of_side": ("还没有。", "None yet."),
    # one file
    "file.sort.picture": ("图片", "Picture"),
    "file.sort.pdf": ("PDF", "PDF"),
    "file.sort.video": ("视频", "Video"),
    "file.sort.file": ("文件", "File"),
    "file.pages": ("{n} 页", "{n} pages"),
    "file.state.uploading": ("没传完", "Not complete"),
    "file.state.received": ("正在检查，通常几秒", "Being checked, usually seconds"),
    "file.state.checked": ("已检查", "Checked"),
    "file.state.refused": ("没有通过检查", "Refused"),
    "file.state.erased": ("已删除，哈希保留", "Erased; its hash stays"),
    "file.open": ("打开", "Open"),
    "file.save": ("下载", "Save"),
    "file.original": ("原件", "Original"),
    "file.as_others_see": ("对方看到的", "As others see it"),
    "file.moments": ("关键画面", "Moments"),
    "file.metadata": (
        "文件自带的信息（对方看不到）",
        "What the file says of itself (not shown to the other side)",
    ),
    "file.fact.taken_at": ("拍摄或制作时间 {value}", "Taken or made {value}"),
    "file.fact.changed_at": ("最后改动 {value}", "Last changed {value}"),
    "file.fact.device": ("设备 {value}", "Device {value}"),
    "file.fact.software": ("软件 {value}", "Software {value}"),
    "file.fact.has_place": (
        "原件带有位置，平台不读取、不显示",
        "The original holds a place; it is neither read nor shown",
    ),
    "file.fact.is_signed": ("带有电子签章，请看原件", "It is digitally signed; see the original"),
    "file.fact.left_out": ("副本里去掉了附件", "The copy leaves out its attachments"),
    "file.fact.not_decoded": (
        "只核对了类型和大小，内容请人观看",
        "Only type and size were checked; a person watches it",
    ),
    "file.fact.none": (
        "没有带任何信息（截图和转发过的图常常如此）",
        "Nothing; usual for screenshots and forwarded pictures",
    ),
    # why a file is refused: what is wrong, what to do
    "file.refused.archive": (
        "这是压缩包或办公文档。请解压后上传图片、PDF 或视频；文档可以另存为 PDF。",
        "It is an archive or office document. Unpack it, or save it as PDF, and upload that.",
    ),
    "file.refused.broken": (
        "文件损坏，打不开。请在手机相册里确认能打开，再传一次；还不行就截一张屏。",
        "The file is damaged. Check that it opens on your phone and upload it again, or take a screenshot of it.",
    ),
    "file.refused.check_failed": (
        "我们没能完成检查，不是您的问题。请再传一次。",
        "We could not finish the check; this is our fault. Please upload it again.",
    ),
    "file.refused.heic": (
        "这是 HEIC 图片，不少设备看不了。请截一张屏上传，或在 iPhone 的“设置 › 相机 › 格式”里选“兼容性最佳”。",
        "It is a HEIC picture, which many devices cannot show. Upload a screenshot of it, or choose “Most Compatible” under Settings › Camera › Formats.",
    ),
    "file.refused.hidden_data": (
        "文件结尾之后还藏有别的内容。请在相册里打开它，截一张屏再上传；动态照片请先另存为静态照片。",
        "Something is hidden after its end. Open it and upload a screenshot; save a live photo as a still one first.",
    ),
    "file.refused.markup": (
        "这是网页、SVG 或脚本，可能带有程序。请打开后截屏，上传截屏。",
        "It is a web page, an SVG or a script. Open it and upload a screenshot of what it shows.",
    ),
    "file.refused.pdf_encrypted": (
        "这个 PDF 有密码。请用密码打开，用“打印 › 存为 PDF”得到一份没有密码的，再上传。",
        "This PDF is locked. Open it with its password, print it to a new PDF and upload that.",
    ),
    "file.refused.pdf_pages": (
        "这个 PDF 没有页，或超过 200 页。请只留有关的页再上传。",
        "This PDF has no page, or more than 200. Keep the pages that matter and upload those.",
    ),
    "file.refused.pdf_script": (
        "这个 PDF 里有会自动运行的内容。请用“打印 › 存为 PDF”得到一份普通的，再上传。",
        "This PDF holds things that run by themselves. Print it to a new PDF and upload that.",
    ),
    "file.refused.program": (
        "这是程序，不是证据文件。请上传截图、PDF 或视频。",
        "It is a program. Upload a screenshot, a PDF or a video.",
    ),
    "file.refused.too_heavy": (
        "文件展开后太大，没法安全打开。请截屏，或用手机重新保存一份再上传。",
        "It unpacks to too much to be opened safely. Upload a screenshot, or save it anew first.",
    ),
    "file.refused.too_large": (
        "文件太大：图片和 PDF 最大 20 MB。请压缩，或分成几份上传。",
        "Too large: pictures and PDF may have 20 MB. Make it smaller, or send it in parts.",
    ),
    "file.refused.too_many_frames": (
        "这是很长的动图。请录成视频，或截几张屏上传。",
        "It is a long moving picture. Upload a video or some screenshots instead.",
    ),
    "file.refused.too_many_pixels": (
        "图片太大：最多 4000 万像素。长截图请分成几张上传。",
        "Too many pixels: 40 million at most. Send a long screenshot in parts.",
    ),
    "file.refused.too_slow": (
        "检查用时太长，停止了。请重新保存或截屏后再上传；视频可以剪短。",
        "Looking into it took too long. Save it anew or take a screenshot; shorten a video.",
    ),
    "file.refused.truncated": (
        "文件不完整，后半截丢了。请找到原文件重新上传，不要用转发过的。",
        "It is incomplete: its end is missing. Upload the first file itself, not a forwarded one.",
    ),
    "file.refused.two_forms": (
        "这个文件同时是两种文件，不能收。请打开后截屏，上传截屏。",
        "It is two kinds of file at once. Open it and upload a screenshot of it.",
    ),
    "file.refused.unknown": (
        "看不出是图片、PDF 还是视频。能收 JPG、PNG、WebP、GIF、PDF、MP4、MOV、WebM；其他的请截屏上传。",
        "It is neither a picture, a PDF nor a video that we know (JPG, PNG, WebP, GIF, PDF, MP4, MOV, WebM). Upload a screenshot instead.",
    ),
    "file.refused.video_codec": (
        "视频里没有能播放的画面。请用手机自带的录屏重新录，或导出为 MP4（H.264）。",
        "The video has no picture that plays. Record it with your phone's own recorder, or export it as MP4 (H.264).",
    ),
    "file.refused.video_length": (
        "视频超过 30 分钟。请只留有关的一段再上传。",
        "The video is longer than 30 minutes. Keep the part that matters and upload that.",
    ),
    "file.refused.video_lies": (
        "视频的内容和它自己写的对不上，可能损坏。请用手机重新导出或重新录。",
        "The video does not hold what it says of itself. Export it again, or record it anew.",
    ),
    # how to record
    "record.title": ("怎样录一段说得清的视频", "How to record a video that proves it"),
    "record.1": (
        "用手机自带的“屏幕录制”：从屏幕顶端下拉，在快捷开关里能找到，不用装软件。",
        "Use your phone's own screen recorder; it is among the quick switches at the top of the screen.",
    ),
    "record.2": (
        "录之前先打开这笔订单，让订单号和手机时间同时露出来，停两秒。",
        "Open this order first, so that its number and the phone's clock are both seen for two seconds.",
    ),
    "record.3": (
        "从点“显示卡密”开始录，到官方页面里输入，直到出现成功或失败的提示，中间不停、不切、不剪。",
        "Record from “show the code” through entering it on the official page until the result appears, without a break or cut.",
    ),
    "record.4": (
        "卡密露出最后四位就够，其余可以用手指挡住；账号也只露尾号。",
        "The last four digits of the code are enough; cover the rest with a finger, and the account but for its end.",
    ),
    "record.5": (
        "提示出来后再停三秒，录到提示的全文和时间。",
        "Stay three seconds on the prompt, so that its whole text and the time are recorded.",
    ),
    "record.6": (
        "直接上传原文件，不要经微信转发：转发会压缩，也会丢掉录制时间。",
        "Upload the file itself, not forwarded through a chat: that shrinks it and drops its time.",
    ),
}
