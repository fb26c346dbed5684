"""What any JupyterHub needs for the lessons; who may log in, and where servers run, is yours.

The Littlest JupyterHub: copy it to /opt/tljh/config/jupyterhub_config.d/playbook.py.
Zero to JupyterHub: `helm ... --set-file hub.extraConfig.playbook=hosting/jupyterhub_config.py`.
"""

c = get_config()  # noqa: F821  (JupyterHub gives it)

# A lesson computes little. One thread each keeps a full room from slowing itself down, and saves
# memory: numerical libraries reserve some for each thread.
c.Spawner.environment = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONUTF8": "1",
}
# Settings in a learner's folder can't change how the server runs.
c.Spawner.disable_user_config = True
# When a whole room logs in at once, each server starts later than it would alone.
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 180
# A shared computer forgets a login after a day, not after two weeks.
c.JupyterHub.cookie_max_age_days = 1
