"""A real Rucio server on loopback, with a few datasets.

Usage: rucio_server.py DATABASE_URL FOLDER. Prints {"url", "token", "rule", "kept_rule"} when it answers, and runs until it
is told to end.
"""

import functools
import json
import os
import pathlib
import sys

database, folder = sys.argv[1], pathlib.Path(sys.argv[2])
(folder / "etc").mkdir(parents=True, exist_ok=True)
(folder / "etc" / "rucio.cfg").write_text(
    f"""
[common]
loglevel = ERROR
[database]
default = {database}
schema = rucio
echo = 0
pool_size = 4
max_overflow = 4
[bootstrap]
userpass_identity = reader
userpass_pwd = not-a-secret
userpass_email = reader@example.org
[policy]
permission = generic
schema = generic
lfn2pfn_algorithm_default = hash
support = https://example.org
support_rucio = https://example.org
[webui]
"""
)
os.environ["RUCIO_CONFIG"] = str(folder / "etc" / "rucio.cfg")
os.environ["RUCIO_HOME"] = str(folder)

from rucio.db.sqla import models  # noqa: E402
from rucio.db.sqla.session import get_engine  # noqa: E402
from rucio.db.sqla.util import create_base_vo, create_root_account  # noqa: E402
from sqlalchemy import text  # noqa: E402

engine = get_engine()
with engine.begin() as connection:
    connection.execute(text("CREATE SCHEMA IF NOT EXISTS rucio"))
models.register_models(engine)
create_base_vo()
create_root_account()

from rucio.common.types import InternalAccount, InternalScope  # noqa: E402
from rucio.core import account, account_limit, authentication, did, replica, rse, rule, scope  # noqa: E402
from rucio.db.sqla.constants import AccountType, DatabaseOperationType, DIDType  # noqa: E402
from rucio.db.sqla.session import db_session  # noqa: E402



class Bound:
    """A module whose functions all take part in one transaction."""

    def __init__(self, module, session):
        self._module, self._session = module, session

    def __getattr__(self, name):
        return functools.partial(getattr(self._module, name), session=self._session)


def fill(account, account_limit, authentication, did, replica, rse, rule, scope):
    root = InternalAccount("root", vo="def")
    alice = InternalAccount("alice", vo="def")
    account.add_account(alice, AccountType.USER, "alice@example.org")
    mc, user = InternalScope("mc23", vo="def"), InternalScope("user.alice", vo="def")
    scope.add_scope(mc, root)
    scope.add_scope(user, alice)
    sites = {}
    for name in ["CERN-PROD_DATADISK", "BNL-OSG2_DATADISK", "FZK-LCG2_SCRATCHDISK"]:
        sites[name] = rse.add_rse(name)
        rse.add_protocol(
            sites[name],
            {
                "hostname": f"{name.lower().replace('_', '-')}.example.org",
                "scheme": "https",
                "port": 443,
                "prefix": "/data/",
                "impl": "rucio.rse.protocols.gfal.Default",
                "domains": {"lan": {"read": 1, "write": 1, "delete": 1}, "wan": {"read": 1, "write": 1, "delete": 1}},
            },
        )
        rse.set_rse_usage(sites[name], source="storage", used=400_000_000_000, free=600_000_000_000)
        for owner in [root, alice]:
            account_limit.set_local_account_limit(owner, sites[name], 1_000_000_000_000)
    rse.add_rse_attribute(sites["CERN-PROD_DATADISK"], "type", "DATADISK")

    names = [f"AOD.{number:06}.pool.root" for number in range(1, 41)]
    for site in ["CERN-PROD_DATADISK", "BNL-OSG2_DATADISK"]:
        replica.add_replicas(
            sites[site],
            [{"scope": mc, "name": name, "bytes": 1_000_000_000, "adler32": "0cc737eb"} for name in names],
            root,
        )
    did.add_did(mc, "mc23.ttbar.AOD.e1_s2_r3", DIDType.DATASET, root)
    did.attach_dids(mc, "mc23.ttbar.AOD.e1_s2_r3", [{"scope": mc, "name": name} for name in names], root)
    did.set_metadata(mc, "mc23.ttbar.AOD.e1_s2_r3", "campaign", "mc23")
    did.add_did(mc, "mc23.ttbar.all", DIDType.CONTAINER, root)
    did.attach_dids(mc, "mc23.ttbar.all", [{"scope": mc, "name": "mc23.ttbar.AOD.e1_s2_r3"}], root)
    did.add_did(user, "user.alice.ntuple_v1", DIDType.DATASET, alice)
    did.attach_dids(user, "user.alice.ntuple_v1", [{"scope": mc, "name": name} for name in names[:3]], alice)
    kept = rule.add_rule(
        [{"scope": mc, "name": "mc23.ttbar.AOD.e1_s2_r3"}], root, 1, "CERN-PROD_DATADISK", "DATASET", None, None, False, None
    )
    moving = rule.add_rule(
        [{"scope": user, "name": "user.alice.ntuple_v1"}],
        alice,
        1,
        "FZK-LCG2_SCRATCHDISK",
        "DATASET",
        None,
        14 * 86400,
        False,
        None,
        comment="password=hunter2hunter2 please",
    )

    token = authentication.get_auth_token_user_pass(root, "reader", "not-a-secret", "beamline", "127.0.0.1")["token"]
    return token, kept[0], moving[0]


with db_session(DatabaseOperationType.WRITE) as session:
    modules = [account, account_limit, authentication, did, replica, rse, rule, scope]
    token, kept, moving = fill(*(Bound(module, session) for module in modules))

from rucio.web.rest.flaskapi.v1.main import application  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

server = make_server("127.0.0.1", 0, application, threaded=True)
document = {
    "url": f"http://127.0.0.1:{server.server_port}",
    "token": token,
    "rule": moving,
    "kept_rule": kept,
}
print(json.dumps(document), flush=True)
server.serve_forever()
