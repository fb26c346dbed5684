#!/bin/bash
# The lessons on The Littlest JupyterHub. Run it as root, in this playbook's top folder, after you
# installed The Littlest JupyterHub by its own guide. Running it again changes nothing.
set -euo pipefail

user_python=/opt/tljh/user/bin/python
"$user_python" -m pip install -c constraints.txt ".[hub]"
"$user_python" hosting/write_settings.py

install -m 644 hosting/jupyterhub_config.py /opt/tljh/config/jupyterhub_config.d/playbook.py
# No learner can take the memory of the others.
tljh-config set limits.memory 1G
# A server that nobody has used for two hours stops. Saved work stays.
tljh-config set services.cull.timeout 7200
tljh-config reload
