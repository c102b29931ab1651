"""Every setting that the environment can give, in one table: name, default, meaning.

`docs/reference/settings.md` is held against this table by a test. Nothing else in the product reads `os.environ`,
so a setting that is not here does not exist. A secret that is not set is made once and kept in the data folder
(`secret_file.py`); nothing here opens a file or a connection.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    """One name that the environment may give. `default` is what counts when it is absent or empty."""

    name: str
    default: str
    meaning_zh: str
    meaning_en: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "DATABASE_URL",
        "",
        "一台普通 PostgreSQL(15 起)的地址;不设就自己启动一台",
        "Address of an ordinary PostgreSQL (15 or later); unset: the product starts its own",
        secret=True,
    ),
    Setting(
        "TUIDAN_DATA_DIR",
        "var",
        "数据、密钥、日志放在哪个目录(相对路径从当前目录算起)",
        "Folder of data, keys and logs (a relative path counts from the current folder)",
    ),
    Setting(
        "TUIDAN_DATABASE_NAME",
        "tuidan",
        "自带数据库里的库名",
        "Name of the database inside the server that the product starts",
    ),
    Setting(
        "TUIDAN_DATABASE_DURABLE",
        "on",
        "自带数据库提交时是否落盘;只有测试会关掉",
        "Whether the product's own server flushes each commit to disk; only tests turn it off",
    ),
    Setting(
        "TUIDAN_SECRET_KEY",
        "",
        "会话和表单签名用的密钥;不设就生成一把,存在数据目录",
        "Key that signs sessions and forms; unset: made once and kept in the data folder",
        secret=True,
    ),
    Setting(
        "TUIDAN_VAULT_KEY",
        "",
        "卡密保险库的主密钥(64 位十六进制);换新钥时用逗号接在旧钥后面;不设就生成一把,存在数据目录",
        "Master key of the card vault (64 hex digits); a newer one goes after the older, with a comma; "
        "unset: made once and kept in the data folder",
        secret=True,
    ),
    Setting(
        "TUIDAN_FILE_KEY",
        "",
        "证据文件的主密钥(64 位十六进制);换新钥时用逗号接在旧钥后面;不设就生成一把,存在数据目录",
        "Master key of evidence files (64 hex digits); a newer one goes after the older, with a comma; "
        "unset: made once and kept in the data folder",
        secret=True,
    ),
    Setting(
        "TUIDAN_PUBLIC_URL",
        "http://127.0.0.1:8000",
        "别人从外面访问本站的地址;支付渠道的通知也发到这里",
        "Address under which others reach this site; channels send their notices there",
    ),
    Setting(
        "TUIDAN_LOG_ORIGIN",
        "",
        "存证日志以什么名字签名,一般是不带 http 的地址;不设就是本站地址加 /log,第一次签名后只在换钥时才变",
        "Name under which the evidence log signs, usually an address without its scheme; unset: this site's address "
        "and /log. After the first signature it changes only with the key",
    ),
    Setting(
        "TUIDAN_LOG_KEY_DIR",
        "",
        "存证日志的私钥和最近公布的检查点放在哪个目录,要和数据库分开备份;不设就是数据目录里的 keys/log",
        "Folder of the evidence log's private keys and its newest published checkpoint, backed up apart from the "
        "database; unset: keys/log in the data folder",
    ),
    Setting(
        "TUIDAN_CALL_SECONDS",
        "20",
        "对外一次调用最多多少秒;任务租约按它算,连接器自己的总时限不能比它长",
        "Longest that one call to the outside may take; leases follow it, no connector's own limit may exceed it",
    ),
    Setting(
        "TUIDAN_POLICY_NOTICE_DAYS",
        "7",
        "改退款规则至少提前公示多少整天;法律要求 7 天,影响大的 15 天,这里只能加长",
        "Whole days of notice before changed refund rules take effect; the law asks for 7, or 15 where the effect is "
        "large, and this can only ask for more",
    ),
    Setting(
        "TUIDAN_KEEP_TRADE_YEARS",
        "3",
        "交易记录在交易结束后保留几年；法律要求至少 3 年，这里只能加长",
        "Years for which records of a trade are kept after its end; the law asks for 3, and this can only ask for more",
    ),
    Setting(
        "TUIDAN_KEEP_PAYMENT_YEARS",
        "5",
        "支付记录在交易结束后保留几年；至少 5 年，这里只能加长",
        "Years for which records of payments are kept after a trade's end; at least 5, and this can only ask for more",
    ),
    Setting(
        "TUIDAN_READ_PICTURES",
        "on",
        "装了 ocr 附加包时,是否识别上传图片里的文字;关掉就由人来看",
        "Whether the words on uploaded pictures are read where the extra ocr is installed; off: a person looks",
    ),
    Setting(
        "TUIDAN_READ_SECONDS",
        "60",
        "一张图片最多看多少秒;超时就停掉识别进程,由人来看",
        "Longest look at one picture; after that the reading process is ended and a person looks",
    ),
    Setting(
        "TUIDAN_API_REQUESTS_PER_SECOND",
        "200",
        "每把接口密钥在每个进程里每秒最多多少次,可攒两秒;0 为不限",
        "Requests that each API key may make a second in each process, saved up over two seconds; 0: no limit",
    ),
    Setting(
        "TUIDAN_ALLOWED_HOSTS",
        "127.0.0.1,localhost",
        "接受哪些主机名,逗号分隔",
        "Host names that are answered, separated by commas",
    ),
    Setting(
        "TUIDAN_DEBUG",
        "off",
        "出错时是否显示详细页面;对外服务时必须关",
        "Whether errors show a detailed page; must be off when others can reach it",
    ),
    Setting(
        "TUIDAN_DEMO",
        "off",
        "是否在每页顶上写明这是演示,并开放组件页 /_parts",
        "Whether every page says that this is a demo, and the page of parts, /_parts, is open",
    ),
    Setting(
        "TUIDAN_CLOCK_FILE",
        "",
        "只给演练用:文件里写着把产品的时钟拨快多少秒;正式运行不要设",
        "For rehearsals only: a file with the seconds by which the product's clock is moved; never set it in earnest",
    ),
    Setting(
        "TUIDAN_LOG_LEVEL",
        "INFO",
        "日志从哪一级开始写:DEBUG、INFO、WARNING、ERROR",
        "Lowest level that is logged: DEBUG, INFO, WARNING, ERROR",
    ),
)

DEFAULTS: Mapping[str, str] = {setting.name: setting.default for setting in SETTINGS}
SWITCHES: Mapping[str, bool] = {"on": True, "1": True, "true": True, "off": False, "0": False, "false": False}


class BadSetting(ValueError):
    """A setting has a value that cannot be meant. The message names it and says what it may be."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one process, read once."""

    values: Mapping[str, str]

    def text(self, name: str) -> str:
        """The value of a setting of the table, or its default. Raises KeyError for a name that is not in it."""
        return self.values.get(name, "").strip() or DEFAULTS[name]

    def switch(self, name: str) -> bool:
        """An on/off setting. Raises BadSetting for anything else."""
        text = self.text(name).lower()
        if text not in SWITCHES:
            raise BadSetting(f"{name} must be on or off, not {text!r}")
        return SWITCHES[text]

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number between two bounds. Raises BadSetting for anything else."""
        text = self.text(name)
        if not text.isdecimal() or not low <= int(text) <= high:
            raise BadSetting(f"{name} must be a whole number from {low} to {high}, not {text!r}")
        return int(text)

    def words(self, name: str) -> list[str]:
        """A list separated by commas; empty parts are dropped."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def folder(self) -> Path:
        """The data folder, absolute. It need not exist yet."""
        return Path(self.text("TUIDAN_DATA_DIR")).expanduser().absolute()


def read(environ: Mapping[str, str]) -> Environment:
    """Keep what the table knows of `environ`. A value of a name outside the table is never seen again."""
    return Environment({name: environ[name] for name in DEFAULTS if name in environ})
