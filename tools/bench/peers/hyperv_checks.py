"""The three rules of hyperv.rego as checks of checkov, over an exported stack."""

from collections import Counter

from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.json_doc.base_json_check import BaseJsonCheck
from checkov.json_doc.enums import BlockType

LIMITS = {1: 64, 2: 2048}


def machines(stack):
    return [
        resource["outputs"]
        for resource in stack["deployment"]["resources"]
        if resource["type"] == "hyperv-guard:index:VirtualMachine"
    ]


def exchange_servers(stack):
    return [machine for machine in machines(stack) if "exchange" in machine]


class StackCheck(BaseJsonCheck):
    def __init__(self, name, number):
        super().__init__(
            name=name,
            id=f"CKV_HYPERV_{number}",
            categories=[CheckCategories.CONVENTION],
            supported_entities=["*"],
            block_type=BlockType.DOCUMENT,
        )

    def scan_entity_conf(self, conf, entity_type=None):
        return CheckResult.PASSED if self.is_right(conf) else CheckResult.FAILED, conf


class GuestProcessors(StackCheck):
    def is_right(self, stack):
        return all(machine["processorCount"] <= LIMITS[machine["generation"]] for machine in machines(stack))


class ExchangeDynamicMemory(StackCheck):
    def is_right(self, stack):
        return not any("dynamicMemory" in server for server in exchange_servers(stack))


class MembersOnOneHost(StackCheck):
    def is_right(self, stack):
        servers = exchange_servers(stack)
        places = Counter((server["exchange"]["databaseAvailabilityGroup"], server["host"]) for server in servers)
        return all(count == 1 for count in places.values())


GuestProcessors("Virtual processors of guests", 1)
ExchangeDynamicMemory("No dynamic memory for Exchange", 2)
MembersOnOneHost("Members of an availability group on different hosts", 3)
