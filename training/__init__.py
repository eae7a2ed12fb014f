"""How the embedded French→English model is made: from parallel text to an Argos package.

    TSV parts ──prepare──▶ vocabulary + shards ──train──▶ checkpoints ──average──▶ weights
              ──convert──▶ CTranslate2 int8 ──package──▶ .argosmodel ──score──▶ scores.json (and into the package)

Every step is a command, ``python -m training STEP CONFIG``, over a plain function; ``python -m training all CONFIG``
runs them in order. Every step can be stopped at any moment and goes on when it is called again. What a run makes lies
in one folder (``training/runs/CONFIG``), and the same configuration, data and seed give the same order of batches.

Start reading at `training.__main__` (the steps), `training.config` (the choices) and `training.transformer` (the
model). PyTorch is needed by ``train``, ``average``, ``convert`` and ``plan`` only: the extra ``training``.
"""
