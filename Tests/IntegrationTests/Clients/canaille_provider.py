"""Canaille, an OpenID provider, with one user, the gateway as its client and a program whose tokens are for the gateway.

Takes its port, the gateway's callback, and the client's secret.
"""

import sys

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc.jwk import RSAKey

port, callback, secret = int(sys.argv[1]), sys.argv[2], sys.argv[3]
app = create_app({
    "SECRET_KEY": "only-for-the-tests-of-one-machine-0123456789",
    "SERVER_NAME": f"127.0.0.1:{port}",
    "PREFERRED_URL_SCHEME": "http",
    "CANAILLE": {
        "DATABASE": "memory",
        "JAVASCRIPT": False,
        "ACL": {"DEFAULT": {"PERMISSIONS": ["edit_self", "use_oidc"], "READ": ["user_name", "groups"], "WRITE": []}},
    },
    "CANAILLE_OIDC": {
        "ISSUER": f"http://127.0.0.1:{port}",
        "ACTIVE_JWKS": [RSAKey.generate_key(2048, auto_kid=True).as_dict(private=True)],
    },
})
with app.app_context(), Backend.instance.session():
    user = models.User(
        formatted_name="Ada Lovelace",
        family_name="Lovelace",
        user_name="ada",
        emails=["ada@example.org"],
        password="correct horse battery staple",
    )
    Backend.instance.save(user)
    Backend.instance.save(models.Group(display_name="epic-members", members=[user]))
    client = models.Client(
        client_id="gateway",
        client_secret=secret,
        client_name="Gateway",
        redirect_uris=[callback],
        grant_types=["authorization_code", "refresh_token", "client_credentials"],
        response_types=["code"],
        scope=["openid", "profile", "groups"],
        token_endpoint_auth_method="client_secret_basic",
        id_token_signed_response_alg="RS256",
    )
    Backend.instance.save(client)
    client.audience = [client]
    Backend.instance.save(client)
    tool = models.Client(
        client_id="tool",
        client_secret=secret,
        client_name="Somebody's program",
        grant_types=["password"],
        scope=["openid", "profile", "groups"],
        token_endpoint_auth_method="client_secret_basic",
    )
    tool.audience = [client]
    Backend.instance.save(tool)
app.run(port=port)
