"""What the companion specification fixes: names and numbers of OPC 10031-4 V2, as data.

Source: OPC 10031-4 2.00, sections 6.2 and annex B.2, and its published information model. The first version (2021, one
method `ReceiveJobOrder`) is another namespace and is not spoken here.
"""

from __future__ import annotations

NAMESPACE = "http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/"


# Types of fields, by the standard's base types; `[]` is an array, `?` optional. A name of ours is a structure below.
STRUCTURES: dict[str, tuple[int, int, str]] = {
    "ISA95PropertyDataType": (
        3002,
        5002,
        "ID:String Value:BaseDataType Description:LocalizedText[]? EngineeringUnits:EUInformation?"
        " Subproperties:ISA95PropertyDataType[]?",
    ),
    "ISA95ParameterDataType": (
        3003,
        5005,
        "ID:String Value:BaseDataType Description:LocalizedText[]? EngineeringUnits:EUInformation?"
        " Subparameters:ISA95ParameterDataType[]?",
    ),
    "ISA95EquipmentDataType": (
        3005,
        5008,
        "ID:String Description:LocalizedText[]? EquipmentUse:String? Quantity:DecimalString?"
        " EngineeringUnits:EUInformation? Properties:ISA95PropertyDataType[]?",
    ),
    "ISA95WorkMasterDataType": (
        3007,
        5011,
        "ID:String Description:LocalizedText? Parameters:ISA95ParameterDataType[]?",
    ),
    "ISA95PersonnelDataType": (
        3011,
        5020,
        "ID:String Description:LocalizedText[]? PersonnelUse:String? Quantity:DecimalString?"
        " EngineeringUnits:EUInformation? Properties:ISA95PropertyDataType[]?",
    ),
    "ISA95PhysicalAssetDataType": (
        3012,
        5023,
        "ID:String Description:LocalizedText[]? PhysicalAssetUse:String? Quantity:DecimalString?"
        " EngineeringUnits:EUInformation? Properties:ISA95PropertyDataType[]?",
    ),
    "ISA95MaterialDataType": (
        3010,
        5017,
        "MaterialClassID:String? MaterialDefinitionID:String? MaterialLotID:String? MaterialSublotID:String?"
        " Description:LocalizedText[]? MaterialUse:String? Quantity:DecimalString?"
        " EngineeringUnits:EUInformation? Properties:ISA95PropertyDataType[]?",
    ),
    "ISA95StateDataType": (3006, 5029, "BrowsePath:RelativePath StateText:LocalizedText StateNumber:UInt32"),
    "ISA95JobOrderDataType": (
        3008,
        5014,
        "JobOrderID:String Description:LocalizedText[]? WorkMasterID:ISA95WorkMasterDataType[]? StartTime:DateTime?"
        " EndTime:DateTime? Priority:Int16? JobOrderParameters:ISA95ParameterDataType[]?"
        " PersonnelRequirements:ISA95PersonnelDataType[]? EquipmentRequirements:ISA95EquipmentDataType[]?"
        " PhysicalAssetRequirements:ISA95PhysicalAssetDataType[]? MaterialRequirements:ISA95MaterialDataType[]?",
    ),
    "ISA95JobResponseDataType": (
        3013,
        5026,
        "JobResponseID:String Description:LocalizedText? JobOrderID:String StartTime:DateTime? EndTime:DateTime?"
        " JobState:ISA95StateDataType[] JobResponseData:ISA95ParameterDataType[]?"
        " PersonnelActuals:ISA95PersonnelDataType[]? EquipmentActuals:ISA95EquipmentDataType[]?"
        " PhysicalAssetActuals:ISA95PhysicalAssetDataType[]? MaterialActuals:ISA95MaterialDataType[]?",
    ),
    "ISA95JobOrderAndStateDataType": (3015, 5032, "JobOrder:ISA95JobOrderDataType State:ISA95StateDataType[]"),
}
"""Structure by name: the node of the type, the node of its binary encoding, its fields in their order."""

RECEIVER_TYPE, PROVIDER_TYPE, STATUS_EVENT_TYPE = 1002, 1003, 1006
RECEIVER_VARIABLES = {
    "JobOrderList": (6033, "ISA95JobOrderAndStateDataType[]"),
    "WorkMaster": (6034, "ISA95WorkMasterDataType[]"),
    "MaterialClassID": (6035, "String[]"),
    "MaterialDefinitionID": (6036, "String[]"),
    "EquipmentID": (6037, "String[]"),
    "PhysicalAssetID": (6038, "String[]"),
    "PersonnelID": (6039, "String[]"),
}
MAX_DOWNLOADABLE = ("MaxDownloadableJobOrders", 6088)
RESPONSE_BY_ID, RESPONSE_BY_STATE, RESPONSE_LIST = 7002, 7014, 6050
EVENT_FIELDS = {
    "JobOrder": (6047, "ISA95JobOrderDataType"),
    "JobState": (6048, "ISA95StateDataType[]"),
    "JobResponse": (6049, "ISA95JobResponseDataType"),
}
