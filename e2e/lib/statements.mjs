// What people write in such a workshop: datasets, gaps, effects, limitations.

export const DATASETS = [
  "Parking sensors: bay occupancy every 5 minutes, Transport",
  "Bin routes and missed collections, Waste services",
  "Tree register with species and condition, Parks",
  "Council tax bands, shared under agreement only",
  "Air quality: 12 stations, published as open data",
  "Street lighting faults, in a contractor's system nobody else sees",
];
export const GAPS = [
  "Unused: footfall counts collected since 2017, no named use",
  "Unidentified: who holds data on informal carers?",
  "Blocked: housing repairs, no agreement with the landlord",
  "Idea: combine bus times with clinic appointments",
  "No steward for the cycle counter data",
  "Bus operator sends a PDF once a quarter",
];
export const LIMITATIONS = [
  "Sensors cover the centre only; the estates are missing",
  "Complaints data over-represents people with time to complain",
  "Survey is from before the boundary change",
  "Smartphone traces leave out older residents",
];
export const NEGATIVE_EFFECTS = [
  "Residents without a smartphone could be left out",
  "Traders fear fines if deliveries can be traced",
  "Small streets make single households identifiable",
  "Enforcement might focus on poorer districts",
  "People may feel watched in the square",
];
