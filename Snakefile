# The table of contents: what is run, in the order in which the data flow.
import io
import sys
from contextlib import redirect_stderr

from snakemake.cli import parse_args
from snakemake.utils import min_version

from analysis.run.environment.bytecode import check_bytecode
from analysis.run.environment.soundness import check_shadows
from analysis.run.folders.permissions import keep_private

keep_private()
if workflow.is_main_process:
    check_bytecode()
    check_shadows()

from analysis.io.names.shell_path import quote_interpreter
from analysis.run.invocation import read_invocation
from analysis.run.manifest import describe_run
from analysis.run.start_and_end import (
    end_in_error,
    end_in_success,
    finish_start,
    start_run,
)
from analysis.run.terminal import quieten

min_version("9.27")


container: "docker://python:3.11-slim"


quieten("snakemake.logging")
quote_interpreter()
with redirect_stderr(io.StringIO()) as said:  # names the profile, which was said before
    try:
        _, arguments = parse_args(sys.argv[1:])
    except SystemExit:
        sys.__stderr__.write(said.getvalue())
        raise
invocation = read_invocation(vars(arguments), is_main=workflow.is_main_process)
run = start_run(
    workflow.config_settings.config, workflow.config_settings.configfiles, invocation
)


include: "workflow/rules/demo.smk"
include: "workflow/rules/edc.smk"
include: "workflow/rules/adam.smk"
include: "workflow/rules/analyses.smk"
include: "workflow/rules/qc.smk"
include: "workflow/rules/display.smk"
include: "workflow/rules/manifest.smk"
include: "workflow/rules/mapping.smk"
include: "workflow/rules/lock.smk"
include: "workflow/rules/verify.smk"


finish_start(run, workflow.rules, invocation)


rule all:
    default_target: True
    input:
        OUTPUTS,
        rules.write_manifest.output,


onsuccess:
    end_in_success(run, invocation)


onerror:
    end_in_error(run, invocation)
