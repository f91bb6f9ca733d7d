//! The legacy contract: what is served equals it, as a document and as data.

use crate::support::{assert_same_lines, canonical, repository};
use asmxd::describe;
use asmxd::operations::organization::SERVICE;

fn fixture(name: &str) -> String {
    std::fs::read_to_string(repository("fixtures/contract").join(name)).unwrap()
}

#[test]
fn the_wsdl_equals_the_legacy_one() {
    let ours = describe::wsdl(&SERVICE, "http://localhost/Services2/svcOrganization.asmx");
    let ours = String::from_utf8(ours).unwrap();
    assert_same_lines(&canonical(&ours), &canonical(&fixture("svcOrganization.wsdl")));
}

#[test]
fn every_declaration_agrees_with_the_contract_as_data() {
    let json: serde_json::Value = serde_json::from_str(&fixture("svcOrganization.json")).unwrap();
    let operations = json["operations"].as_array().unwrap();
    assert_eq!((operations.len(), SERVICE.operations.len()), (54, 54));
    for (operation, entry) in operations.iter().zip(SERVICE.operations) {
        let declaration = entry.declaration;
        assert_eq!(operation["name"].as_str(), Some(declaration.name));
        let declared: Vec<_> = declaration.parameters.iter().map(|field| (field.name, u64::from(field.required))).collect();
        let expected = operation["input"].as_array().unwrap().iter();
        let expected: Vec<_> = expected.map(|part| (part[0].as_str().unwrap(), part[2].as_u64().unwrap())).collect();
        assert_eq!(declared, expected, "{}", declaration.name);
        assert_eq!(operation["output"][0][0].as_str(), Some(declaration.result_name));
        assert_eq!(operation["output"][0][1].as_str(), Some(declaration.result.name));
    }
}
